package cards

// HomeTitle is the title of the board of a first run.
const HomeTitle = "Home"

// Welcome is the Markdown of the first card on the Home board: five lines.
const Welcome = `# Welcome to Corkboard

- **Write:** double-click an empty place. **T** makes a to-do list.
- **Keep:** drop pictures, PDFs and any other files here, or paste them.
- **Look around:** hold Space and drag to move, Ctrl or Cmd and the wheel to zoom, Shift+1 to see all.
- **Nest:** **B** makes a board on this board; double-click it to go in, Alt+← to come back.
- **Relax:** everything is saved by itself, and Ctrl+Z or Cmd+Z takes back any step.
`
