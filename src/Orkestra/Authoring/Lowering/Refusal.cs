using System.Linq.Expressions;

namespace Orkestra.Authoring.Lowering;

/// <summary>The message for an expression that has no JSONata form.</summary>
internal static class Refusal
{
    const string useAStep = "Use a Step for it.";

    /// <summary>An error whose fix is a step.</summary>
    public static WorkflowException Of(Expression expression, string why) => Of(expression, why, useAStep);

    /// <summary>An error.</summary>
    /// <param name="expression">The expression that has no JSONata form.</param>
    /// <param name="why">Why, as a clause without a full stop.</param>
    /// <param name="fix">The way out, as a sentence.</param>
    public static WorkflowException Of(Expression expression, string why, string fix) =>
        new($"The expression '{CSharpText.Of(expression)}' cannot become JSONata: {why}. {fix}");
}
