// "Quote" puts the words of a post, or those of them that are selected, into the reply that is being written.
import { fetchPart } from "./live.js";
import { asQuotation, insertQuotation, selected, wordsOf } from "./quotations.js";

export class Quoting {
  // `template`: that of the form for a reply; `openReply(link)` opens it below the post of a link.
  constructor(thread, template, openReply) {
    Object.assign(this, { thread, template, openReply, range: null });
    thread.addEventListener("pointerdown", (event) => this.keep(event)); // the press takes the selection away
    thread.addEventListener("click", (event) => this.click(event));
  }

  keep(event) {
    this.range = event.target.closest('a[href^="?quote="]') ? selected() : null;
  }

  click(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches('a[href^="?quote="]')) {
      event.preventDefault();
      this.quote(link).catch(() => location.assign(link.href));
    } else if (link.matches(".prose a")) this.lead(event, link);
  }

  async quote(link) {
    if (document.querySelector('form[data-reply-form][aria-busy="true"]')) return;
    const post = link.closest(".post");
    const range = this.range ?? selected();
    this.range = null;
    const prose = post.querySelector(":scope > .prose");
    const isHere = range && prose.contains(range.commonAncestorContainer);
    const words = isHere ? this.withSource(post, wordsOf(range)) : await this.whole(post);
    const open = document.querySelector("form[data-reply-form] textarea");
    if (!open) this.openReply(link);
    insertQuotation(open ?? document.querySelector("form[data-reply-form] textarea"), words);
  }

  withSource(post, words) {
    const source = `[${this.template.dataset.quoted}](${this.template.dataset.comments}${post.id.slice(1)})`;
    return asQuotation(`${source}\n\n${words}`);
  }

  async whole(post) {
    const address = `${this.template.dataset.comments}${post.id.slice(1)}/quotation`;
    return (await fetchPart(address)).text();
  }

  // The way back to a quoted post that is on this page already.
  lead(event, link) {
    const [, id] = new RegExp(`^${this.template.dataset.comments}(\\d+)$`).exec(link.pathname) ?? [];
    const post = id && document.getElementById(`c${id}`);
    if (!post) return;
    event.preventDefault();
    location.hash = post.id;
    post.tabIndex = -1;
    post.focus();
  }
}
