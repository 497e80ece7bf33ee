using System.Linq.Expressions;

namespace Orkestra.Authoring.Lowering;

/// <summary>The one sentence for what JSONata cannot say.</summary>
internal static class Refusal
{
    const string useAStep = "Use a Step for it.";

    /// <summary>A refusal whose way out is a step.</summary>
    public static WorkflowException Of(Expression expression, string why) => Of(expression, why, useAStep);

    /// <summary>A refusal.</summary>
    /// <param name="expression">What cannot be said.</param>
    /// <param name="why">Why, as a clause without a full stop.</param>
    /// <param name="fix">The way out, as a sentence.</param>
    public static WorkflowException Of(Expression expression, string why, string fix) =>
        new($"The expression '{CSharpText.Of(expression)}' cannot become JSONata: {why}. {fix}");
}
