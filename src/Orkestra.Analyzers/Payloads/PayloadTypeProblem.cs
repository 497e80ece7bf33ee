using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Something about a payload type.</summary>
/// <param name="Rule">What it is.</param>
/// <param name="Member">Whose declaration it is about, or null for the type as it is used.</param>
/// <param name="Text">The sentence, or what is put into it.</param>
internal sealed record PayloadTypeProblem(DiagnosticDescriptor Rule, ISymbol? Member, string Text);
