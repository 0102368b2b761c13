package media

// gifScan is what the blocks of a GIF tell without decoding a pixel.
type gifScan struct {
	ends []int // for each whole frame, the offset of the byte after it
}

// scanGIF walks the blocks of a GIF, up to limit frames. It stops at the first block that is
// cut short or unknown; the frames before it count.
func scanGIF(data []byte, limit int) gifScan {
	var out gifScan
	const header = 13
	if len(data) < header {
		return out
	}
	at := header + tableLen(data[10])
	for len(out.ends) < limit && at < len(data) {
		var ok bool
		switch data[at] {
		case 0x21: // an extension: label, then sub-blocks
			at, ok = skipBlocks(data, at+2)
		case 0x2c: // a frame: descriptor, maybe colours, code size, then sub-blocks
			const descriptor = 10
			if at+descriptor > len(data) {
				return out
			}
			at, ok = skipBlocks(data, at+descriptor+tableLen(data[at+9])+1)
			if ok {
				out.ends = append(out.ends, at)
			}
		}
		if !ok {
			return out
		}
	}
	return out
}

// tableLen is the length in bytes of the colour table that packed flags announce.
func tableLen(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// skipBlocks passes over sub-blocks to the byte after their terminator.
func skipBlocks(data []byte, at int) (int, bool) {
	for at < len(data) {
		n := int(data[at])
		at += 1 + n
		if n == 0 {
			return at, true
		}
	}
	return at, false
}
