// Package pushpin reads documents of PushPin that were saved as JSON.
//
// Rules of this room:
//   - PushPin had no export, so there is no form to hold anybody to: documents may stand in a
//     map by their addresses, in a list beside them, or alone;
//   - identities, keys and addresses stay where they are: what is read is what people wrote;
//   - files are taken from beside the JSON if they are there.
package pushpin
