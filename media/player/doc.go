// Package player plays sounds on this machine's loudspeakers, one at a time, and records
// from its microphone.
//
// Rules of this room:
//   - A device is opened when somebody plays or records, and closed when that stops: who
//     has none learns it then, as ErrNoDevice, and one that is plugged in later is found.
//   - One goroutine owns what is played. Methods of Player hand it wishes and return at
//     once; State answers from memory. Any goroutine may call them.
//   - The device's own thread takes samples out of a ring and does nothing else: no
//     decoding, no memory, no waiting but for its own pace.
//   - Nothing is written anywhere but the recording that was asked for.
package player
