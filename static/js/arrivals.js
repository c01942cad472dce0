// Posts that would push away what is looked at wait behind a button; it stands in a gap, so nothing moves.
import { announce } from "./announce.js";
import { isSeen, keepStill } from "./stillness.js";

export class Arrivals {
  // `words` gives the button's label for a number of posts; `insert` puts one post into the page.
  constructor(words, insert) {
    this.words = words;
    this.insert = insert;
    this.lines = new Map(); // by the element in which a button stands
    this.waiting = new Map(); // by the id of a post: the line it waits in
  }

  // Put a post into the element `host`, at its start or its end, which is at the height `y` of the window.
  add(post, { host, atStart, y }) {
    const line = this.waiting.get(post.id) ?? this.lines.get(host);
    if (line) this.hold(line, post);
    else if (isSeen(y)) this.hold(this.open(host, atStart), post);
    else keepStill(() => this.insert(post));
  }

  // A post that answers one which still waits, waits with it. Returns whether it does.
  follow(post, parentId) {
    const line = this.waiting.get(parentId);
    if (line) this.hold(line, post);
    return Boolean(line);
  }

  // What waits and has changed meanwhile is replaced. Returns whether it waits.
  refresh(post) {
    const line = this.waiting.get(post.id);
    if (line) line.posts.set(post.id, post);
    return Boolean(line);
  }

  open(host, atStart) {
    const element = document.createElement("p");
    const button = document.createElement("button");
    const line = { host, element, button, posts: new Map() };
    element.className = "arrived";
    button.type = "button";
    button.className = "btn s";
    button.addEventListener("click", () => this.show(line));
    element.append(button);
    host[atStart ? "prepend" : "append"](element);
    this.lines.set(host, line);
    return line;
  }

  hold(line, post) {
    line.posts.set(post.id, post);
    this.waiting.set(post.id, line);
    const words = this.words(line.posts.size);
    if (line.button.textContent === words) return;
    line.button.textContent = words;
    announce(words);
  }

  show(line) {
    const posts = [...line.posts.values()];
    this.lines.delete(line.host);
    for (const post of posts) this.waiting.delete(post.id);
    line.element.remove();
    for (const post of posts) this.insert(post);
    const [first] = posts;
    first.tabIndex = -1;
    first.focus({ preventScroll: isSeen(first.getBoundingClientRect().top) });
  }
}
