import { join } from "node:path";
import type { Language } from "./peer.ts";

/** A Go module, built by the Go that is there. */
export const go: Language = {
  missing: "there is no Go from 1.25.5 on here",
  kit({ work }) {
    const program = join(work, "life");
    return {
      needs: ["go", "list", "-m"],
      prepare: [["go", "build", "-o", program, "."]],
      run: [program],
      env: { GOTOOLCHAIN: "local", GOFLAGS: "-mod=readonly -buildvcs=false" },
    };
  },
};

/** `life.py` and its `requirements.txt`, in an environment of its own. */
export const python: Language = {
  missing: "there is no Python 3 with venv and pip here",
  kit({ work }) {
    const environment = join(work, "venv");
    const program = join(environment, "bin", "python");
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    return {
      needs: ["python3", "-c", "import venv, ensurepip"],
      prepare: [
        ["python3", "-m", "venv", environment],
        [program, ...install, "-r", "requirements.txt"],
      ],
      run: [program, "-B", "life.py"],
      env: { HOME: work },
    };
  },
};

/** A Cargo package `life`; compiles for minutes. */
export const rust: Language = {
  missing: "there is no Rust here",
  kit({ work }) {
    return {
      needs: ["cargo", "--version"],
      prepare: [["cargo", "build", "--quiet", "--release", "--locked"]],
      run: [join(work, "release", "life")],
      env: { CARGO_TARGET_DIR: work },
    };
  },
};
