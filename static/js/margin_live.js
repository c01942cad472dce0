// The margin of a reading hears of notes that others write, answer, change or hide.
import { fetchPart, follow, untilSent } from "./live.js";
import { startCatchingUp, takeAll } from "./margin_exchange.js";
import { article } from "./margin_text.js";

async function look() {
  const address = new URL(article.dataset.changes, location.href);
  address.searchParams.set("after", article.dataset.cursor);
  const response = await fetchPart(address);
  const html = await response.text();
  await untilSent("[data-margin-of] form");
  article.dataset.cursor = response.headers.get("X-Cursor") ?? article.dataset.cursor;
  if (response.status === 204) return false;
  takeAll(html);
  return true;
}

export function startLive() {
  startCatchingUp();
  follow(article.dataset.live, look, { topics: new Set(article.dataset.follows.split(" ")) });
}
