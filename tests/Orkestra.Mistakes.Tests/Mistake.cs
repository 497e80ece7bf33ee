namespace Orkestra.Mistakes.Tests;

/// <summary>A mistake of a newcomer to Orkestra.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Stage">What is to refuse it.</param>
/// <param name="Thing">What the refusal has to name.</param>
/// <param name="Fix">What the refusal has to propose.</param>
/// <param name="Program">The program. A whole one, or the parts of one: see <see cref="MistakeProgram"/>.</param>
public sealed record Mistake(string Name, Stage Stage, string Thing, string Fix, MistakeProgram Program)
{
    public override string ToString() => Name;
}
