namespace Orkestra.Asl.Reading;

/// <summary>A member of an object and where its name stands, in bytes.</summary>
internal readonly record struct SourceMember(string Name, int Offset, SourceNode Value);
