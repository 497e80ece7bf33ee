using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths;

namespace Orkestra.Engine.DataFlow;

/// <summary>A <c>ResultPath</c> that puts the result somewhere in the input.</summary>
internal sealed class PathPlacement(ReferencePath path) : ResultPlacement
{
    internal override JsonValue Place(JsonValue input, JsonValue result)
    {
        try
        {
            return path.Set(input, result);
        }
        catch (ReferencePathException problem)
        {
            throw new EvaluationException(ErrorNames.ResultPathMatchFailure, problem.Message);
        }
    }
}
