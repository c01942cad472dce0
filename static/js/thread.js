// A thread: replies open where they belong, and what has been looked at for a while counts as read.
import { announce } from "./announce.js";
import { restoreDraft } from "./draft.js";
import { startComposer } from "./composer.js";
import { postTo } from "./fragments.js";
import { Quoting } from "./quoting.js";
import { startReactions } from "./reactions.js";
import { isWriting, keepStill } from "./stillness.js";
import { startLive } from "./thread_live.js";
import { leadToPost, startParts } from "./thread_parts.js";

const LOOKED_AT = 2000; // milliseconds a post stays in view before it counts as read
const GATHER = 1500; // milliseconds in which marks are gathered into one request

const thread = document.querySelector("[data-thread]");
const template = document.getElementById("reply-form");

function placeFor(post) {
  const top = post.closest(".posts > .post") ?? post;
  let replies = top.querySelector(":scope > .replies");
  if (!replies) {
    replies = document.createElement("div");
    replies.className = "replies";
    top.append(replies);
  }
  return replies;
}

function closeReply() {
  const open = document.querySelector("form[data-reply-form]");
  const place = open?.parentElement;
  open?.remove();
  if (place?.matches(".replies") && !place.children.length) place.remove();
}

function openReply(link) {
  if (document.querySelector('form[data-reply-form][aria-busy="true"]')) return; // its post takes the form's place
  const post = link.closest(".post");
  const id = post.id.slice(1);
  const name = post.querySelector(":scope > header b")?.textContent ?? "";
  closeReply();
  const form = template.content.firstElementChild.cloneNode(true);
  const label = template.dataset.label.replace("{name}", name);
  const area = form.querySelector("textarea");
  form.elements.parent.value = id;
  form.querySelector("label").textContent = label;
  area.placeholder = label;
  area.dataset.draft = `reply-${id}`;
  placeFor(post).append(form);
  restoreDraft(area);
  startComposer(form);
  area.focus();
}

function startReplies() {
  thread.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-cancel]");
    const link = event.target.closest(':is(.post, footer) > a[href^="?reply="]');
    if (cancel) {
      event.preventDefault();
      const back = document.getElementById(cancel.hash.slice(1)) ?? cancel.closest(".replies")?.closest(".post");
      closeReply();
      back?.querySelector(':is(.post, footer) > a[href^="?reply="]')?.focus();
    } else if (link && template && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openReply(link);
    }
  });
}

// What was posted stands in the list now: the composer closes unless more is written there, an empty list is not empty any more.
function afterPosting(event) {
  const post = event.target;
  if (!post.matches(".post")) return;
  post.tabIndex = -1;
  if (!isWriting()) post.focus();
  announce(thread.dataset.posted);
  const composer = document.querySelector("details[data-closed]");
  if (composer && post.parentElement?.id === "posts") composer.open = Boolean(composer.querySelector("textarea")?.value);
  document.querySelector(".thread > .empty")?.remove();
}

function startMarks() {
  const waiting = new Map();
  const seen = new Set();
  let sending = 0;
  const send = () => {
    const body = new FormData();
    body.set("ids", [...seen].join(","));
    seen.clear();
    postTo(thread.dataset.marks, body, { keepalive: true }).catch(() => {});
  };
  const read = (post) => {
    watcher.unobserve(post);
    seen.add(post.id.slice(1));
    clearTimeout(sending);
    sending = setTimeout(send, GATHER);
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(waiting.get(target));
        if (isIntersecting) waiting.set(target, setTimeout(read, LOOKED_AT, target));
      }
    },
    { threshold: 0.1 },
  );
  const watch = (root) => {
    for (const mark of root.querySelectorAll(".post > header > i")) watcher.observe(mark.closest(".post"));
  };
  watch(thread);
  return watch;
}

if (thread) {
  keepStill(() => startReactions(thread));
  startReplies();
  if (template) new Quoting(thread, template, openReply);
  document.addEventListener("fragment", afterPosting);
  const watch = startMarks();
  startLive(thread, placeFor, watch);
  startParts(thread, watch);
  leadToPost();
}
