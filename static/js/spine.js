// The spine follows the reading: where one is, and what has been passed.
function follow(spine) {
  const links = new Map();
  for (const link of spine.querySelectorAll('a[href*="#"]')) {
    const paragraph = document.getElementById(link.hash.slice(1));
    if (paragraph) links.set(paragraph, link);
  }
  let current = null;
  const watcher = new IntersectionObserver(
    (entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      if (!entered) return;
      current?.removeAttribute("aria-current");
      current = links.get(entered.target);
      current.setAttribute("aria-current", "location");
      for (const link of links.values()) {
        if (link === current) break;
        link.parentElement.classList.add("seen");
      }
    },
    { rootMargin: "-35% 0px -60% 0px" }, // a thin band a third down the window
  );
  for (const paragraph of links.keys()) watcher.observe(paragraph);
}

export function startSpines() {
  if (!("IntersectionObserver" in window)) return;
  for (const spine of document.querySelectorAll("[data-spine]")) follow(spine);
}
