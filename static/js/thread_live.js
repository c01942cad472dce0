// A thread that is open hears of what others write in it, and shows it where it moves nothing.
import { Arrivals } from "./arrivals.js";
import { toFragment } from "./fragments.js";
import { fetchPart, follow, untilSent } from "./live.js";
import { replaceParts } from "./live_parts.js";
import { offerReactions } from "./reactions.js";
import { isInUse, keepStill } from "./stillness.js";

const own = (post) => [...post.children].filter((part) => !part.matches(".replies, .arrived"));
const numberOf = (post) => Number(post.id.slice(1));

export class LiveThread {
  // `placeFor(post)` gives the element in which replies to a post stand, `arrived(post)` is told of each new one.
  constructor(thread, placeFor, arrived) {
    this.thread = thread;
    this.placeFor = placeFor;
    this.arrived = arrived;
    this.posts = thread.querySelector("#posts");
    this.cursor = thread.dataset.cursor;
    this.late = new Map(); // changes of posts that are in use
    const { one, many } = thread.dataset;
    const words = (count) => (count === 1 ? one : many.replace("{n}", count));
    this.arrivals = new Arrivals(words, (post) => this.insert(post));
    const catchUp = () => this.late.size && setTimeout(() => this.catchUp());
    for (const kind of ["focusout", "selectionchange"]) document.addEventListener(kind, catchUp);
  }

  async look() {
    const address = new URL(this.thread.dataset.changes, location.href);
    for (const [name, value] of new URLSearchParams(location.search)) address.searchParams.set(name, value);
    address.searchParams.set("after", this.cursor);
    if ("sealed" in this.thread.dataset) address.searchParams.set("sealed", "");
    const response = await fetchPart(address);
    const html = await response.text();
    await untilSent("form[data-composer]");
    this.cursor = response.headers.get("X-Cursor") ?? this.cursor;
    if (response.status === 205) this.offerAnew();
    else if (response.status === 200) this.show(toFragment(html));
    return response.status !== 204;
  }

  show(content) {
    for (const wrapper of content.querySelectorAll("[data-parent]")) {
      this.take(wrapper.querySelector(".post"), wrapper.dataset.parent);
    }
    replaceParts(content);
  }

  take(post, parent) {
    offerReactions(post);
    post.dataset.answers = parent;
    if (document.getElementById(post.id)) this.replace(post);
    else if (!this.arrivals.refresh(post) && !post.matches(".gone")) this.arrive(post, parent);
  }

  // What a post says of itself is replaced; the replies below it, and what is written there, stay.
  replace(post) {
    const old = document.getElementById(post.id);
    const [before, after] = [own(old), own(post)];
    this.late.delete(post.id);
    if (before.length === after.length && before.every((part, at) => part.isEqualNode(after[at]))) return;
    if (isInUse(before)) {
      this.late.set(post.id, post);
      return;
    }
    keepStill(() => {
      old.className = post.className;
      for (const part of before) part.remove();
      old.prepend(...after);
    });
  }

  catchUp() {
    for (const post of [...this.late.values()]) this.replace(post);
  }

  arrive(post, parent) {
    const answered = parent && document.getElementById(`c${parent}`);
    if (answered) this.arrivals.add(post, this.placeOfReply(answered));
    else if (parent) this.arrivals.follow(post, `c${parent}`);
    else if (this.thread.dataset.grows && !this.isOfOlderPart(post)) this.arrivals.add(post, this.placeOfPost());
  }

  /** Whether a post is older than all that show, and there are older ones to be asked for. */
  isOfOlderPart(post) {
    if (!this.thread.querySelector("[data-part]")) return false;
    const shown = [...this.posts.querySelectorAll(":scope > .post:not(:has(> .pinned))")];
    return shown.length > 0 && shown.every((each) => numberOf(post) < numberOf(each));
  }

  placeOfPost() {
    const { top, bottom } = this.posts.getBoundingClientRect();
    const atStart = this.thread.dataset.grows === "start";
    return { host: this.posts, atStart, y: atStart ? top : bottom };
  }

  placeOfReply(answered) {
    const top = answered.closest(".posts > .post") ?? answered;
    const replies = top.querySelector(":scope > .replies");
    const form = replies?.querySelector(":scope > form");
    return { host: replies ?? top, y: form?.getBoundingClientRect().top ?? top.getBoundingClientRect().bottom };
  }

  insert(post) {
    if (document.getElementById(post.id)) return this.replace(post);
    const answered = post.dataset.answers && document.getElementById(`c${post.dataset.answers}`);
    if (answered) {
      const replies = this.placeFor(answered);
      replies.insertBefore(post, replies.querySelector(":scope > :is(form, .arrived)"));
    } else if (this.thread.dataset.grows === "start") {
      this.posts.prepend(post);
    } else {
      this.posts.append(post);
    }
    this.thread.querySelector(":scope > .empty")?.setAttribute("data-spent", "");
    this.arrived(post);
  }

  // So much happened that only the page itself can tell: it is opened again when the reader wants it.
  offerAnew() {
    if (this.thread.querySelector("[data-anew]")) return;
    const link = document.createElement("a");
    link.className = "btn s";
    link.href = location.pathname + location.search;
    link.textContent = this.thread.dataset.renew;
    link.dataset.anew = "";
    this.thread.querySelector(".thread-end")?.append(link);
  }
}

export function startLive(thread, placeFor, arrived) {
  const live = new LiveThread(thread, placeFor, arrived);
  follow(thread.dataset.live, () => live.look(), { topics: new Set(thread.dataset.follows.split(" ")) });
}
