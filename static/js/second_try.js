// A second try has one form and one button; only the choice of sentences and the order of rows show as they are made.
import { startEvidence } from "./evidence.js";
import { startOrderings } from "./ordering.js";

startEvidence(document.querySelector("[data-second-try]"));
startOrderings();
