// Answers that could not be sent are kept on this device, by attempt and item, until they are.
import { keep, readKept } from "./kept_words.js";

const PREFIX = "colloquy.attempt.";

const read = (attempt) => readKept(PREFIX + attempt) ?? {};
const write = (attempt, drafts) => keep(PREFIX + attempt, Object.keys(drafts).length ? drafts : null);

export function keepDraft(attempt, item, entries) {
  write(attempt, { ...read(attempt), [item]: entries });
}

export function forgetDraft(attempt, item) {
  const drafts = read(attempt);
  if (!(item in drafts)) return;
  delete drafts[item];
  write(attempt, drafts);
}

export function draftsOf(attempt) {
  return Object.entries(read(attempt));
}

// What a button sends is kept too until it is known to have arrived: a session that ended on the way shows
// the sign-in page instead, and the answer is sent afterwards.
export function keepSent(attempt, drafts) {
  for (const [item, entries] of drafts) keepDraft(attempt, item, entries);
  try {
    sessionStorage.setItem(PREFIX + attempt, JSON.stringify(drafts.map(([item]) => item)));
  } catch {
    // no permission: what was kept is sent once more, which does no harm
  }
}

// A page of the attempt that a page of the attempt led to: what the button sent has arrived.
export function forgetArrived(attempt) {
  try {
    const sent = JSON.parse(sessionStorage.getItem(PREFIX + attempt) ?? "[]");
    sessionStorage.removeItem(PREFIX + attempt);
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return; // "Back" from a page that never came
    if (!new URL(document.referrer || location.origin).pathname.includes(`/attempts/${attempt}`)) return;
    for (const item of sent) forgetDraft(attempt, item);
  } catch {
    // as above
  }
}
