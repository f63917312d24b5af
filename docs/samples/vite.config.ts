import isobind from "isobind/vite";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [isobind()] });
