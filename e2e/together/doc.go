// Package together plays two people at two real windows, each on a machine of its own
// as far as the network is concerned: they share a board by a link, go apart, change
// it and meet again.
//
// Rules of this room:
//   - the rules of person and of lab;
//   - what one person does reaches the other through the bridge alone: each has a
//     network namespace, a screen, a profile and a clipboard of their own;
//   - what is compared is what "corkboard export" writes, and pictures;
//   - it needs root and iproute2, and is skipped without them.
package together
