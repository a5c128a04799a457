import { Chart } from "chart.js";
document.title = `scores ${Chart.version}`;
