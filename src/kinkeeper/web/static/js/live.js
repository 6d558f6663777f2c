// Keeps every [data-live] element up to date: a stream says when to look, and where there is none, time does.
// The element is found again in its own page, by its id; a link in it, [data-live-link], does without us.

const LOOK_EVERY = 20_000;
const NOT_NOW = [408, 429];
const GATHER = 300; // several changes are one look, and not everybody's looks are at one moment

// A summary is found again by its fold, which has an id where it is to stay open.
function addressOf(focused) {
  const fold = focused.matches("summary") && focused.parentElement.id;
  if (fold) return `#${CSS.escape(fold)} > summary`;
  return focused.id && `#${CSS.escape(focused.id)}`;
}

function keepUpToDate(element) {
  let source, timer, shown, live = false, away = false;

  const lookIn = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(look, wait + Math.random() * GATHER);
  };

  const tell = () => {
    for (const link of element.querySelectorAll("[data-live-link]")) link.hidden = live;
  };

  async function look() {
    const busy = element.querySelector("details[open]:not([id]), dialog[open], input:focus, select:focus, textarea:focus");
    if (busy) return lookIn(LOOK_EVERY); // nobody's words and choices are taken away
    const answer = await fetch(location.href, { headers: { "X-Look": "live" } }).catch(() => null);
    const text = await answer?.text().catch(() => null);
    const failed = text == null || answer.status >= 500 || NOT_NOW.includes(answer.status);
    if (!failed && (answer.redirected || !answer.ok)) return stop(); // no longer ours to see
    if (document.hidden) return;
    if (!failed) show(text);
    if (failed || away) lookIn(LOOK_EVERY);
    if (!away && source?.readyState === EventSource.CLOSED) open();
  }

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(element.id);
    if (!fresh || fresh.innerHTML === shown) return;
    const focused = element.contains(document.activeElement) && addressOf(document.activeElement);
    const unfolded = [...element.querySelectorAll("details[open]")].map((fold) => fold.id);
    shown = fresh.innerHTML;
    element.replaceChildren(...fresh.childNodes);
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
    if (focused) document.querySelector(focused)?.focus();
    tell();
  }

  function open() {
    source = new EventSource(element.dataset.live);
    source.onopen = () => { live = true; tell(); };
    source.onmessage = () => lookIn(GATHER);
    source.addEventListener("leave", () => { away = true; stop(); lookIn(LOOK_EVERY); });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) { live = false; tell(); lookIn(LOOK_EVERY); }
    };
  }

  function stop() { clearTimeout(timer); source?.close(); live = false; tell(); }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop(); else { away = false; look(); open(); } // who looks at this one needs another less
  });
  if (!document.hidden) open();
}

document.querySelectorAll("[data-live]").forEach(keepUpToDate);
