// Package media turns pictures, PDF pages and posters of films into pixels, text and waveforms,
// in a jailed child process.
//
// Rules of this room:
//   - It is the only place that imports decoders. They run in a worker, but for package sound while
//     a sound is played. The worker is this same binary,
//     started again, with limits on memory, time, files and output; on Linux Landlock and
//     seccomp take the file system and the network away from it.
//   - The worker is not trusted. Every length it tells is checked before memory is taken.
//   - Dimensions are asked before pixels are decoded; limits.go has the numbers.
//   - A worker that dies, hangs or answers nonsense is killed by its process and replaced;
//     its job returns an error of errors.go. Nothing that a file holds ends the program.
//   - What a file is, its content says (Sniff); a name decides only where content cannot.
//
// MaybeWorker must be the first call in main and in TestMain. The methods of Decoder block:
// call them on worker goroutines, never on the UI goroutine.
package media
