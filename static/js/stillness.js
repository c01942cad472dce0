// Changes a page without moving what is read or typed.
const READ = ".post > :is(header, .prose), .text p";
const TYPED = "textarea, input, select, [contenteditable]";

// Whether any of an element can be seen.
export function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

// Whether a place of the page can be seen: its distance from the top of the window, in pixels.
export function isSeen(y) {
  return y >= 0 && y <= innerHeight;
}

function anchor() {
  const active = document.activeElement;
  if (active?.matches(TYPED) && isInView(active)) return active;
  for (const element of document.querySelectorAll(READ)) {
    if (isInView(element)) return element;
  }
  return document.elementFromPoint(innerWidth / 2, innerHeight / 2);
}

const topOf = (element) => element.getBoundingClientRect().top;

// An element, or what has taken its place under its name.
const nowFor = (element) => (element.isConnected ? element : element.id && document.getElementById(element.id));

// Make a change; then what is typed in, or else the first thing that is read, stands where it stood (or, if it is
// made anew, what it stands in). Returns whether it does: a page that is too short cannot be pushed.
export function keepStill(change) {
  const element = anchor();
  const held = [element, element?.closest("[id]")].filter(Boolean).map((one) => ({ one, before: topOf(one) }));
  change();
  const kept = held.find(({ one }) => nowFor(one));
  if (!kept) return true;
  const moved = topOf(nowFor(kept.one)) - kept.before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
  return Math.abs(topOf(nowFor(kept.one)) - kept.before) < 1;
}

// Whether somebody works in one of these elements: has the focus there, or has marked words in them.
export function isInUse(elements) {
  const selection = getSelection();
  const marked = selection && !selection.isCollapsed ? selection : null;
  return elements.some((each) => each.contains(document.activeElement) || marked?.containsNode(each, true));
}

/** Whether somebody is in the middle of writing; then nothing else takes the focus. */
export const isWriting = () => Boolean(document.activeElement?.matches("textarea") && document.activeElement.value);
