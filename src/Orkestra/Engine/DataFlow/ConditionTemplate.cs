using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>JSONata: the field <c>Condition</c>, which must give a boolean.</summary>
internal sealed class ConditionTemplate(Template condition) : Condition
{
    internal override bool IsMet(Evaluation at) => condition.Evaluate(at) is JsonBoolean { Value: true };
}
