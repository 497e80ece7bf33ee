namespace Orkestra.Expressions.Paths;

/// <summary>Why a definite path found nothing.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Message">The reason as Step Functions words it behind <c>Invalid path '$.a' : </c>.</param>
public sealed record JsonPathMiss(JsonPathMissKind Kind, string Message);
