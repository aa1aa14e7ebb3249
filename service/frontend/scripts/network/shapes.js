import { NodeCircleProgram } from "sigma/rendering";

// How far a point is from the middle, by which the shape is cut out: |x| and |y| in the place of the length.
const FAR = "length(v_diffVector)";
const shaped = (distance) =>
  class extends NodeCircleProgram {
    getDefinition() {
      const circle = super.getDefinition();
      if (!circle.FRAGMENT_SHADER_SOURCE.includes(FAR)) throw new Error("The shader of circles is another one.");
      return { ...circle, FRAGMENT_SHADER_SOURCE: circle.FRAGMENT_SHADER_SOURCE.replace(FAR, distance) };
    }
  };
const [X, Y] = ["abs(v_diffVector.x)", "abs(v_diffVector.y)"];

/** The shape of each kind, as symbols.html draws it, and how much larger it is drawn so that all look alike in size. */
export const PROGRAMS = {
  initiative: NodeCircleProgram,
  actor: shaped(`1.4143 * max(${X}, ${Y})`),
  event: shaped(`(${X} + ${Y})`),
  programme: shaped(`1.1548 * max(${Y}, 0.866 * ${X} + 0.5 * ${Y})`),
};
export const LARGER = { initiative: 1, actor: 1.25, event: 1.35, programme: 1.1 };
