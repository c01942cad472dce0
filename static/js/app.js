// Behaviour that every page may need. Each module looks for its own data attributes.
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./draft.js";
import { startFileSizes } from "./file_size.js";
import { startFragments } from "./fragments.js";
import { forgetSaved } from "./kept_words.js";
import { startKeys } from "./keyboard.js";
import { startMenus } from "./menus.js";
import { startSession } from "./session.js";
import { startSpines } from "./spine.js";
import { startTables } from "./table_sort.js";

forgetSaved();
startMenus();
startDialogs();
startDrafts();
startFileSizes();
startFragments();
startKeys();
startSession();
startSpines();
startTables();

// A refused form: the summary of what to fix takes the focus, as the page says it will.
document.querySelector("[data-focus]")?.focus();
