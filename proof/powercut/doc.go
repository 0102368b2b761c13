// Package powercut cuts the power under a whole profile: it records every write and
// every flush that reaches a disk while a real program edits, builds the disk anew as a
// cut may have left it, and asks what is lost of what had been acknowledged.
//
// Rules of this room:
//   - the disk is a file served by FUSE under a loop device with ext4 on it, so that the
//     order and the flushes are those of the real kernel;
//   - what was written before the last flush is there; of each later write all, nothing or
//     some sectors;
//   - writes and acknowledgements carry times of the same clock: an acknowledgement counts
//     for a cut if it was given before the first write that the cut keeps away;
//   - each disk is an image with a name of its own: a loop device that has seen another
//     one shows pages of that.
package powercut
