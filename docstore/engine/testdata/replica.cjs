// A replica on JavaScript's Automerge: node replica.cjs FOLDER, where FOLDER
// holds the installed package. Reads a list of histories {save, chunks, seed}
// (bytes in base64) from standard input, loads each from its save or chunks,
// tells what it reads, changes it, and tells again.
const A = require(process.argv[2])
const bytes = (s) => new Uint8Array(Buffer.from(s, "base64"))
const text = (b) => Buffer.from(b).toString("base64")

// random is a small generator from a seed (mulberry32).
function random(seed) {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), seed | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

// show gives a value in the JSON form that package doc reads.
function show(d, obj, kind) {
  if (kind === "map") {
    const m = {}
    for (const k of d.keys(obj)) m[k] = slot(d, obj, k)
    return "~" in m ? { "~": "m", v: m } : m
  }
  const l = []
  for (let i = 0; i < d.length(obj); i++) l.push(slot(d, obj, i))
  return l
}

function slot(d, obj, key) {
  const [kind, v] = d.getWithType(obj, key)
  const tag = (t, s) => ({ "~": t, v: s })
  switch (kind) {
    case "map":
    case "list":
      return show(d, v, kind)
    case "text":
      return tag("t", d.text(v))
    case "int":
    case "uint":
      return tag("i", String(v))
    case "timestamp":
      return tag("i", String(v.getTime()))
    case "f64":
      return tag("f", String(v))
    case "counter":
      return tag("c", String(v))
    case "bytes":
      return tag("b", text(v))
  }
  return v // null, boolean, str
}

const state = (doc) => ({
  heads: A.getHeads(doc),
  tree: show(A.getBackend(doc), "_root", "map"),
  save: text(A.save(doc)),
})

const words = ["", "a", "naïve", "日本語", "😀", "👨‍👩‍👧", "e\u0301", "\n"]

function value(r, depth) {
  const word = () => words[r(words.length)] + words[r(words.length)]
  switch (r(depth > 0 ? 11 : 9)) {
    case 0: return null
    case 1: return r(2) === 0
    case 2: return r(1000) - 500
    case 3: return r(1000) / 7
    case 4: return word() // text
    case 5: return new A.ImmutableString(word())
    case 6: return new Uint8Array([r(256), r(256)])
    case 7: return new Date(r(1 << 30))
    case 8: return new A.Uint(r(1 << 30))
    case 9: return { a: value(r, depth - 1), b: value(r, depth - 1), n: new A.Counter(r(9)) }
  }
  return [value(r, depth - 1), value(r, depth - 1)]
}

// edit changes something somewhere.
function edit(r, at, path, root) {
  const names = Object.keys(at)
  if (names.length > 0 && r(4) > 0) {
    const k = Array.isArray(at) ? r(at.length) : names[r(names.length)]
    const v = at[k]
    if (v instanceof A.Counter) return v.increment(r(5) - 2)
    const sayable = [...path, k].every((step) => !String(step).includes("/")) // for the library's own paths
    if (typeof v === "string" && sayable) {
      const letters = [...v]
      const from = r(letters.length + 1)
      const del = r(letters.length - from + 1)
      const units = (n) => letters.slice(0, n).join("").length
      return A.splice(root, [...path, k], units(from), units(from + del) - units(from), words[r(words.length)])
    }
    const container = v !== null && typeof v === "object" && (Array.isArray(v) || Object.getPrototypeOf(v) === Object.prototype)
    if (container && r(4) > 0) return edit(r, v, [...path, k], root)
    if (r(3) === 0) return Array.isArray(at) ? void at.splice(k, 1) : void delete at[k]
  }
  if (Array.isArray(at)) at.splice(r(at.length + 1), 0, value(r, 1))
  else at["abcdef"[r(6)]] = value(r, 2)
}

const answers = JSON.parse(require("fs").readFileSync(0)).map((h) => {
  const r = random(h.seed)
  let doc = h.save ? A.load(bytes(h.save)) : A.init()
  ;[doc] = A.applyChanges(doc, (h.chunks || []).map(bytes))
  const before = state(doc)
  const chunks = []
  for (let i = 0; i < 8; i++) {
    const heads = A.getHeads(doc)
    doc = A.change(doc, "from JavaScript", (d) => {
      for (let n = 1 + r(3); n > 0; n--) edit(r, d, [], d)
    })
    if (A.getHeads(doc).join() !== heads.join()) chunks.push(text(A.getLastLocalChange(doc)))
  }
  return { before, after: state(doc), chunks }
})
process.stdout.write(JSON.stringify(answers))
