// Sends what a person clips to Corkboard, by its native host, and says what came of it.
// A page is touched only when its person asks for it; nothing is kept in the browser.
"use strict";

const HOST = "org.corkboard.clipper";
const VERSION = 1;

// What Corkboard takes at most; see package clipper.
const MAX_HTML = 5 << 20; // bytes
const MAX_TEXT = 256 << 10; // bytes
const MAX_IMAGE = 32 << 20; // bytes
const MAX_TITLE = 1000; // characters

const MENU = { page: ["page"], selection: ["selection"], image: ["image"], link: ["link"] };

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.removeAll(() => {
    for (const [id, contexts] of Object.entries(MENU)) {
      chrome.contextMenus.create({ id, contexts, title: chrome.i18n.getMessage("menu_" + id) });
    }
  });
});
chrome.action.onClicked.addListener((tab) => clip({ menuItemId: "page" }, tab));
chrome.contextMenus.onClicked.addListener((info, tab) => clip(info, tab));

// clip keeps one thing and tells the person; it gives the code of what came of it.
async function clip(info, tab) {
  const message = await gather(info, tab);
  const code = message ? await send(message) : "web";
  tell(code, tab);
  return code;
}

// gather makes the message for what was clicked; nothing if that is nothing of the web.
async function gather(info, tab) {
  const page = { address: web(tab.url), title: (tab.title || "").slice(0, MAX_TITLE) };
  switch (info.menuItemId) {
    case "page":
      return page.address && { kind: "page", ...page, html: await inPage(tab, info, shownPage, MAX_HTML) };
    case "selection": {
      const text = (await inPage(tab, info, shownSelection, MAX_TEXT)) || info.selectionText || "";
      return { kind: "selection", ...page, text: cut(text, MAX_TEXT) };
    }
    case "link":
      return web(info.linkUrl) && { kind: "link", address: web(info.linkUrl) };
    case "image":
      return image(info, tab, page);
  }
}

// image sends the bytes as this person's browser gets them; where the page may not read
// them, their address.
async function image(info, tab, page) {
  const data = await inPage(tab, info, bytesOf, info.srcUrl, MAX_IMAGE);
  const about = { kind: "image", source: page.address, title: page.title };
  if (data) {
    return { ...about, name: nameOf(info.srcUrl), data };
  }
  return web(info.srcUrl) && { ...about, address: web(info.srcUrl) };
}

// web is an address of the web, else "".
function web(address) {
  return /^https?:\/\//i.test(address || "") ? address : "";
}

function nameOf(address) {
  try {
    const last = new URL(address).pathname.split("/").pop();
    return /^https?:/i.test(address) ? decodeURIComponent(last).slice(0, 200) : "";
  } catch {
    return "";
  }
}

// cut shortens a text to some bytes of UTF-8.
function cut(text, most) {
  const bytes = new TextEncoder().encode(text);
  return bytes.length <= most ? text : new TextDecoder().decode(bytes.subarray(0, most - 3)).replace(/\uFFFD+$/, "");
}

// inPage runs a function in the frame that was clicked; "" where the browser does not let us.
async function inPage(tab, info, func, ...args) {
  try {
    const target = { tabId: tab.id, frameIds: [info.frameId || 0] };
    const [done] = await chrome.scripting.executeScript({ target, func, args });
    return done.result || "";
  } catch {
    return "";
  }
}

// The following run in the page and see nothing of the above.

function shownPage(most) {
  const html = "<!doctype html>" + document.documentElement.outerHTML;
  return new TextEncoder().encode(html).length <= most ? html : "";
}

function shownSelection() {
  return String(getSelection());
}

async function bytesOf(address, most) {
  const answer = await fetch(address);
  const blob = await answer.blob();
  if (!answer.ok || !blob.type.startsWith("image/") || blob.size > most) {
    return "";
  }
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

// send gives a message to Corkboard and waits until it is on disk there.
async function send(message) {
  try {
    const reply = await chrome.runtime.sendNativeMessage(HOST, { version: VERSION, ...message });
    return reply && chrome.i18n.getMessage(reply.code) ? reply.code : "failed";
  } catch (e) {
    return /not found|forbidden|no such native/i.test(e.message) ? "absent" : "failed";
  }
}

// tell says what came of a click: a sign on the button, and words.
function tell(code, tab) {
  const kept = code === "kept";
  const words = chrome.i18n.getMessage(code);
  const on = { tabId: tab.id };
  const quiet = () => void chrome.runtime.lastError; // the tab may be closed by now
  chrome.action.setBadgeText({ ...on, text: kept ? "✓" : "!" }, quiet);
  chrome.action.setBadgeBackgroundColor({ ...on, color: kept ? "#2e7d32" : "#b3261e" }, quiet);
  chrome.action.setTitle({ ...on, title: words }, quiet);
  chrome.notifications.create("clip", { type: "basic", iconUrl: chrome.runtime.getURL("icon.png"), title: chrome.i18n.getMessage("name"), message: words }, quiet);
}
