// Package presence is who looks at a board now, and what they point at, have
// selected, drag and type. It is shown and forgotten, never stored.
//
// Rules of this room:
//   - The newest state counts. There is one place for each device and board, and
//     no queue anywhere: a slow connection shows less, never later.
//   - Who somebody is comes from the connection that has proven it, never from a
//     message.
//   - What comes is counted, then bounded, then decoded; a flood is dropped, an
//     absurd one ends its stream.
//   - Nobody who shows something waits for anybody who looks.
package presence
