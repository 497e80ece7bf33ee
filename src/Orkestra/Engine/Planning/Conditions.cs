using Orkestra.Asl;
using Orkestra.Engine.DataFlow;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles the rules of a Choice.</summary>
internal static class Conditions
{
    internal static Condition Compile(ChoiceRule rule, bool isJsonata, string where) => rule switch
    {
        ConditionRule condition when isJsonata => new ConditionTemplate(JsonataTemplates.Compile(condition.Condition, $"{where}/Condition")),
        _ => throw new FormatException("not supported yet"),
    };
}
