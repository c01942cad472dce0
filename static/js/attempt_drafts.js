// Answers that could not be sent are kept on this device, by attempt and item, until they are.
const PREFIX = "colloquy.attempt.";

function read(attempt) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + attempt) ?? "{}");
  } catch {
    return {};
  }
}

function write(attempt, drafts) {
  try {
    if (Object.keys(drafts).length) localStorage.setItem(PREFIX + attempt, JSON.stringify(drafts));
    else localStorage.removeItem(PREFIX + attempt);
  } catch {
    // no room or no permission: the page goes on trying to send
  }
}

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
