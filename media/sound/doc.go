// Package sound reads sound files piece by piece: WAV, MP3, FLAC and Opus in Ogg.
//
// Rules of this room:
//   - Bytes are foreign. Every length that a file tells is checked before memory is taken,
//     what is held at a time is some packets, and no file ends the program: a decoder that
//     panics gives ErrBroken.
//   - Decoders are Go alone. They run in the jailed worker of package media to measure a
//     file that comes in, and in the program itself to play one.
//   - Samples are float32 from -1 to 1, interleaved; a frame is one sample of each channel.
//   - A Stream belongs to one goroutine. Nothing here waits for anything but its file.
package sound
