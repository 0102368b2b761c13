// Package folder reads a folder of files as boards: each folder a board, each file a card,
// laid out in rows.
//
// Rules of this room:
//   - canvases in it are boards, and files that one of them shows are not shown twice;
//   - a folder that was exported comes back as the board that it was;
//   - hidden files, links, pipes and devices are left out and counted.
package folder
