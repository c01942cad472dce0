// The margin of a reading hears of notes that others write, answer, change or hide.
import { fetchPart, follow } from "./live.js";
import { startCatchingUp, takeAll } from "./margin_exchange.js";
import { article } from "./margin_text.js";

const BUSY = 300; // milliseconds after which is looked again whether a form is still on its way
const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function look() {
  const address = new URL(article.dataset.changes, location.href);
  address.searchParams.set("after", article.dataset.cursor);
  const response = await fetchPart(address);
  const html = await response.text();
  // What is posted here at this moment arrives by its own way.
  while (article.querySelector('form[aria-busy="true"]')) await rest(BUSY);
  article.dataset.cursor = response.headers.get("X-Cursor") ?? article.dataset.cursor;
  if (response.status === 200) takeAll(html);
  return response.status !== 204;
}

export function startLive() {
  startCatchingUp();
  follow(article.dataset.live, look, { topics: new Set(article.dataset.follows.split(" ")) });
}
