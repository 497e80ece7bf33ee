using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata;

/// <summary>
/// An expression cannot be read (codes S…), is used with values of a wrong type (T…), fails while it is evaluated (D…), or passes a limit (D1011, D2015,
/// U…). Codes and wording are those of the reference implementation, https://github.com/jsonata-js/jsonata.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "An error without a code means nothing.")]
public sealed class JsonataException : Exception
{
    readonly string? message;

    internal JsonataException(string code, int position = -1, string? token = null, JsonValue? value = null, Exception? inner = null)
        : base(null, inner)
    {
        Code = code;
        Position = position;
        Token = token;
        Value = value;
    }

    /// <summary>What happened in the words of AWS Step Functions, which follow "The JSONata expression '…' specified for the field '…' " there: an error is the cause of a failed state.</summary>
    public string ServiceMessage => Code switch
    {
        "U1005" => "returned an unsupported result type.",
        "U1013" => $"threw an internal error during evaluation: {Message}",
        // What only the evaluator itself refuses has no code.
        _ when Code[0] == 'U' => $"threw an error during evaluation: {Message}",
        _ => $"threw an error during evaluation. {Code}: {Message}",
    };

    internal JsonataException(string code, string message, int position = -1)
        : this(code, position) => this.message = message;

    /// <summary>The code of the error, such as <c>T2001</c>.</summary>
    public string Code { get; }

    /// <summary>Where in the expression the error is: the offset in characters just after the offending token, or -1 when it has no place.</summary>
    public int Position { get; private set; }

    /// <summary>The operator, function or token the error refers to; null when there is none.</summary>
    public string? Token { get; private set; }

    /// <summary>The value the error refers to; null when there is none or it is undefined.</summary>
    public JsonValue? Value { get; }

    /// <summary>The sentence for <see cref="Code"/> with its values filled in.</summary>
    public override string Message => message ?? Messages.Format(this);

    internal JsonValue? Value2 { get; init; }

    internal int Index { get; init; }

    internal string? Type { get; init; }

    internal bool HasToken => Token is not null;

    /// <summary>Fills in what the place of the error did not know. Always false, so that it can stand in an exception filter and unwind nothing.</summary>
    internal bool Complete(int position, string? token)
    {
        if (Position < 0) Position = position;
        Token ??= token;
        return false;
    }
}
