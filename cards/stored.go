package cards

import "corkboard/doc"

// Stored is a file that a document names, and how it travels. A file document names one,
// in its root; a web page several, each in a slot of its own.
type Stored struct {
	Slot   string // the map that names it; "" is the root
	Blob   string // hex SHA-256 of the bytes
	Size   int64  // bytes
	Key    Secret // hex, 32 bytes: seals the bytes when they travel
	Pieces string // hex SHA-256 over the hashes of the pieces in which they travel
}

// StoredIn lists the files that a document names.
func StoredIn(src doc.Source) []Stored {
	var out []Stored
	if f := (FileCodec{}).Decode(src); f.Blob != "" {
		out = append(out, Stored{Blob: f.Blob, Size: f.Size, Key: f.Key, Pieces: f.Pieces})
	}
	for _, slot := range partSlots {
		if p := partAt(src, slot); p.Blob != "" {
			out = append(out, Stored{Slot: slot, Blob: p.Blob, Size: p.Size, Key: p.Key, Pieces: p.Pieces})
		}
	}
	return out
}

// MayStore reports whether a document that names no file may come to name some: what it
// is for good is said when it begins.
func MayStore(src doc.Source) bool {
	_, ok := src.Value(urlPath)
	return ok
}

// Fetchable is the edits that let others fetch the file. A key that the document has
// stays, as others may keep pieces sealed with it; pieces follow from the bytes and are
// put right. None when all of it is said.
func (s Stored) Fetchable(key Secret, pieces string) []doc.Edit {
	var edits []doc.Edit
	at := func(slot string) doc.Path {
		if s.Slot == "" {
			return doc.At(slot)
		}
		return doc.At(s.Slot, slot)
	}
	if k := cleanHash(string(key)); k != "" && s.Key == "" {
		edits = append(edits, doc.Put{Path: at(slotKey), Value: k})
	}
	if p := cleanHash(pieces); p != "" && p != s.Pieces {
		edits = append(edits, doc.Put{Path: at(slotPieces), Value: p})
	}
	return edits
}
