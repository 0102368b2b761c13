// Package jail gives files that were made to hurt to the process that decodes them:
// bombs, and honest files with something changed. The program must not notice: its
// window goes on, no worker takes more memory than it may, and none gets out.
package jail
