// Package jsoncanvas reads and writes boards as JSON Canvas 1.0 (jsoncanvas.org).
//
// Rules of this room:
//   - what is written conforms to the specification, and programs that know nothing of us
//     show all of it: texts as Markdown, files beside, boards as further canvases;
//   - edges between nodes that are cards are connectors, and connectors are edges;
//   - what only we know stands under one key, "corkboard"; what only others know is kept in
//     slots of the documents and written again;
//   - what stands in the open wins over what stands under our key: somebody may have changed
//     it elsewhere;
//   - a reader takes whatever can be taken and counts the rest.
package jsoncanvas
