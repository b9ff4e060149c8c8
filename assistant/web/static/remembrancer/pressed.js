// What is pressed inside a thread: earlier messages, editing in place, the buttons of chips and questions.
import { fragment, goTo, submit } from "./net.js";

// Methods of <chat-thread>.
export const pressed = {
  async clicked(event) {
    const target = event.target instanceof Element ? event.target : null;
    const earlier = target?.closest("[data-earlier]");
    if (earlier) {
      event.preventDefault();
      return this.showEarlier(earlier);
    }
    const edit = target?.closest("[data-edit]");
    if (edit && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      return this.edit(edit);
    }
    const cancel = target?.closest("[data-edit-form] [data-cancel]");
    if (cancel) {
      event.preventDefault();
      this.endEdit(cancel.closest(".turn"));
    }
  },

  async showEarlier(link) {
    const found = await fragment(link.href);
    if (!found) return location.assign(link.href);
    const first = link.nextElementSibling;
    const before = first.getBoundingClientRect().top;
    link.replaceWith(found);
    this.scroller.scrollTop += first.getBoundingClientRect().top - before;
  },

  async edit(link) {
    const turn = link.closest(".turn");
    const form = (await fragment(link.href))?.querySelector("[data-edit-form]");
    if (!form) return location.assign(link.href);
    turn.classList.add("is-edited");
    turn.querySelector(".bubble").before(form);
    for (const part of turn.querySelectorAll(".bubble, [data-margin]")) part.hidden = true;
    const field = form.querySelector("textarea");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  },

  endEdit(turn) {
    turn.querySelector("[data-edit-form]").remove();
    for (const part of turn.querySelectorAll(".bubble, [data-margin]")) part.hidden = false;
    turn.classList.remove("is-edited");
    turn.querySelector("[data-edit]").focus();
  },

  async submitInPlace(event) {
    const form = event.target;
    const isEdit = form.matches("[data-edit-form]");
    const chip = form.closest("[data-chip]");
    const card = form.closest("[data-question-card]");
    if (!isEdit && !chip && !card) return;
    event.preventDefault();
    const button = event.submitter;
    if (button?.getAttribute("aria-busy") === "true") return;
    button?.setAttribute("aria-busy", "true");
    const answer = await submit(form, button);
    button?.removeAttribute("aria-busy");
    if (answer?.goTo) return goTo(answer.goTo);
    if (!answer?.content) return (this.note.textContent = this.dataset.textUnsent);
    if (isEdit) {
      form.replaceWith(answer.content.querySelector("[data-edit-form]"));
    } else if (chip) {
      const fresh = answer.content.querySelector("[data-margin]");
      form.closest("[data-margin]").replaceWith(fresh);
      fresh.closest(".turn").focus({ preventScroll: true });
    } else {
      this.change(() => this.question.replaceChildren(answer.content));
      this.field.focus({ preventScroll: true });
    }
  },
};
