// Package film reads what the containers of videos tell without decoding them: MP4 and
// QuickTime, WebM and Matroska.
//
// Rules of this room:
//   - Bytes are foreign. It works on a file that is mapped, copies none of it, and goes down
//     a bounded number of boxes; every length is cut to the box around it.
//   - It decodes no pictures: it gives the bytes of the cover, or of the first frame where
//     Go can decode that (VP8), to whoever does.
//   - It runs in the jailed worker of package media.
package film
