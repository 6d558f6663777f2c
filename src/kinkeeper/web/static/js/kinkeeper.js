// Two kindnesses; every page works without them.

const QUIET_AFTER = 5000;

function offerToCopy(field) {
  const button = field.querySelector("[data-copy-button]");
  const words = field.querySelector("[data-copy-text]");
  const status = field.querySelector("[data-copy-status]");
  const input = field.querySelector("input, textarea");
  if (!navigator.clipboard) return; // plain http away from localhost: the field can still be selected
  const before = words.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(input ? input.value : field.dataset.copy);
    } catch {
      input?.select();
      return;
    }
    words.textContent = status.textContent = button.dataset.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      words.textContent = before;
      status.textContent = "";
    }, 2500);
  });
}

function letGo(notice) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer;
  const leave = () => {
    if (still) return notice.remove();
    notice.addEventListener("transitionend", () => notice.remove(), { once: true });
    setTimeout(() => notice.remove(), 600); // where no transition runs
    notice.classList.add("notice--leaving");
  };
  const stay = () => clearTimeout(timer);
  const go = () => {
    stay();
    if (!notice.matches(":hover, :focus-within")) timer = setTimeout(leave, QUIET_AFTER);
  };
  notice.addEventListener("pointerenter", stay);
  notice.addEventListener("pointerleave", go);
  notice.addEventListener("focusin", stay);
  notice.addEventListener("focusout", () => setTimeout(go));
  go();
}

for (const input of document.querySelectorAll("[data-copy] :is(input, textarea)")) {
  input.addEventListener("focus", () => input.select());
}
document.querySelectorAll("[data-copy]").forEach(offerToCopy);
document.querySelectorAll('[data-notice="success"]').forEach(letGo);
