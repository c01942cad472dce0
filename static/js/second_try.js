// A second try has one form and one button; only the choice of sentences is shown as it is made.
import { startEvidence } from "./evidence.js";

startEvidence(document.querySelector("[data-second-try]"));
