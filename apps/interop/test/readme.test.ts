import { testReadme } from "@akm/readme";

testReadme(new URL("..", import.meta.url));
