using Orkestra.CommandLine;
using Tutorial.Failures;

// What docs/tutorial.md ends with.
return await OrkestraHost.RunAsync<PlaceOrder>(args);
