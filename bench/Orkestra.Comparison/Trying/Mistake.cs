namespace Orkestra.Comparison.Trying;

/// <summary>A mistake in each of the five.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Input">The input of the run that would show it, a name of <see cref="Inputs"/>.</param>
/// <param name="Orkestra">The mistake in Orkestra.</param>
/// <param name="Asl">In the documents, the template or the functions.</param>
/// <param name="Cdk">In the stack or the functions.</param>
/// <param name="Durable">What notices it in Amazon.Lambda.DurableExecution, which is not tried here.</param>
/// <param name="Temporal">What notices it in Temporal .NET, which is not tried here.</param>
internal sealed record Mistake(string Name, string Input, Attempt Orkestra, Attempt Asl, Attempt Cdk, Stage Durable, Stage Temporal);

/// <summary>How a mistake is made.</summary>
/// <param name="Edits">What is changed; empty when it cannot be made.</param>
/// <param name="Known">What notices it when trying would take an AWS account; null when it is tried.</param>
/// <param name="Reason">Why it cannot be made, or what is known.</param>
internal sealed record Attempt(Edit[] Edits, Stage? Known = null, string? Reason = null)
{
    public static implicit operator Attempt(Edit edit) => FromEdit(edit);

    public static implicit operator Attempt(Edit[] edits) => FromEdits(edits);

    public static Attempt FromEdit(Edit edit) => new([edit]);

    public static Attempt FromEdits(Edit[] edits) => new(edits);

    /// <summary>It cannot be made.</summary>
    public static Attempt Not(string reason) => new([], Stage.Impossible, reason);
}

/// <summary>A change of a file.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Old">What is there now, exactly once.</param>
/// <param name="New">What stands there then.</param>
internal sealed record Edit(string File, string Old, string New);

/// <summary>What a try came to.</summary>
/// <param name="Stage">What noticed the mistake.</param>
/// <param name="Text">What it said, or what the run did.</param>
internal sealed record Outcome(Stage Stage, string Text);
