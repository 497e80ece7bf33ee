using System.Reflection.Metadata;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>A piece of code that is used or not used as a whole.</summary>
/// <param name="Assembly">The assembly it is in.</param>
/// <param name="Handle">
/// A type, with all that belongs to it; of a type that holds steps, a static method, a lambda or a static field with its initializer is a piece of its own.
/// </param>
internal readonly record struct CodeNode(CodeAssembly Assembly, EntityHandle Handle);
