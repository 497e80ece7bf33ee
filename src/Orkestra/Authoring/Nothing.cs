using System.Text.Json.Serialization;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring;

/// <summary>
/// No value: the input of a workflow that needs none, the output of a step that only does something. It travels as the JSON <c>null</c>; reading it accepts
/// any JSON value and looks at none of it.
/// </summary>
[JsonConverter(typeof(NothingConverter))]
public readonly record struct Nothing;
